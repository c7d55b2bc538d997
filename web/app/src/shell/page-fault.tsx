// Where a page cannot be shown: what happened, and what to do.
import { isRouteErrorResponse, Link, useRouteError } from "react-router-dom";
import { Refusal, sentence } from "../api/refusal";

export function NotFound() {
  return (
    <>
      <h1>没有这一页</h1>
      <p>地址可能写错了，或者这一页已经移走。</p>
      <Link to="/">回到工作台</Link>
    </>
  );
}

export function PageFault() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  // A new version was put on the server: this page's parts are not there any more.
  const isOld = error instanceof TypeError && /import|module/i.test(error.message);
  return (
    <>
      <h1>这一页没有打开</h1>
      <p role="alert">{isOld ? "系统刚换了新版本，或者网络断了。请刷新这一页。" : sentence(error)}</p>
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        刷新
      </button>
    </>
  );
}

interface QueryFaultProps {
  error: unknown;
  retry: () => void;
  whole?: boolean; // in the place of the whole page
}

// Inside a page: a question the server did not answer as hoped.
export function QueryFault({ error, retry, whole = false }: QueryFaultProps) {
  const refused = error instanceof Refusal && error.status < 500;
  const box = (
    <div className="notice-box bad" role="alert">
      <p>{sentence(error)}</p>
      {error instanceof Refusal && error.may.length > 0 && (
        <p>可以找：{error.may.map((person) => person.name).join("、")}</p>
      )}
      {!refused && (
        <button type="button" className="button" onClick={retry}>
          重试
        </button>
      )}
    </div>
  );
  if (!whole) return box;
  return (
    <>
      <h1>{refused ? "不能查看" : "没有打开"}</h1>
      {box}
    </>
  );
}
