// A refusal in full: what is wrong, on what ground, who may do it instead; and for accidents, a way to repeat.
import { isWorthRetrying, Refusal, sentence } from "../api/refusal";
import type { ProblemPart } from "../api/types";

interface RefusalBoxProps {
  error: unknown;
  parts?: ProblemPart[]; // only these of the refusal (the others stand at their fields)
  retry?: () => void;
}

function Part({ part }: { part: ProblemPart }) {
  return (
    <>
      {part.detail}
      {part.basis && part.basis.length > 0 && (
        <span className="quiet small">（依据：{part.basis.map((each) => each.text).join("；")}）</span>
      )}
    </>
  );
}

export function RefusalBox({ error, parts, retry }: RefusalBoxProps) {
  if (!error) return null;
  const refused = error instanceof Refusal && error.status < 500 && !error.isBusy;
  const shown = refused ? (parts ?? error.parts) : [];
  return (
    <div className="notice-box bad" role="alert">
      {!refused && <p>{sentence(error)}</p>}
      {refused && shown.length === 0 && <p>还没有办成：请改好下面标红的地方，再保存。</p>}
      {shown.length === 1 && shown[0] && (
        <p>
          <Part part={shown[0]} />
        </p>
      )}
      {shown.length > 1 && (
        <ul>
          {shown.map((part, n) => (
            <li key={n}>
              <Part part={part} />
            </li>
          ))}
        </ul>
      )}
      {error instanceof Refusal && error.may.length > 0 && (
        <p>可以办这一步的人：{error.may.map((person) => person.name).join("、")}</p>
      )}
      {!refused && retry && isWorthRetrying(error) && (
        <button type="button" className="button" onClick={retry}>
          重试
        </button>
      )}
    </div>
  );
}
