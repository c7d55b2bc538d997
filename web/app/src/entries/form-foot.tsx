// The foot of a form: hand in, how it is kept, back to where it was.
interface FormFootProps {
  label: string;
  busy: boolean;
  pending: boolean; // sent, without an answer
  storeFull: boolean;
  wasKept: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

export function FormFoot({ label, busy, pending, storeFull, wasKept, onSave, onDiscard }: FormFootProps) {
  return (
    <div className="form-foot">
      <button type="button" className="button primary save" aria-disabled={busy} onClick={() => !busy && onSave()}>
        {busy ? "正在保存…" : pending ? "再送一次" : label}
      </button>
      <button type="button" className="button" onClick={onDiscard}>
        不填了
      </button>
      <span className="quiet" role="status">
        {storeFull
          ? "这个浏览器存不下草稿，请不要关闭网页。"
          : pending
            ? "上次送出后没有收到答复，再送一次不会重复登记。"
            : wasKept
              ? "已接着上次没交的草稿。"
              : "按Ctrl+S保存，按回车到下一栏；随填随存草稿。"}
      </span>
    </div>
  );
}
