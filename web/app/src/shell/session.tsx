// Who is signed in. Without a session the sign-in form; where a session ends in the middle of something, the same
// form above the page, which stays as it was.
import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  createContext,
  lazy,
  type ReactNode,
  Suspense,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { request, setCsrf, setRenewWord, setSignInAgain } from "../api/client";
import { Refusal, sentence } from "../api/refusal";
import type { Session } from "../api/types";
import { forgetLocalDrafts } from "../fields/draft";
import { FirstPassword } from "./first-password";
import { SignInForm } from "./sign-in";

// Codes of the phone draw a QR code: only where they are set up.
const AddCodes = lazy(() => import("../settings/totp-form").then(({ AddCodes: form }) => ({ default: form })));

interface SessionRoom {
  session: Session;
  login: string;
  signOut: () => Promise<void>;
}

const Context = createContext<SessionRoom | null>(null);

export function useSession(): SessionRoom {
  const found = useContext(Context);
  if (!found) throw new Error("no session here");
  return found;
}

const loginOf = (session: Session) => `${session.person.code}@${session.office.code}`;

const askSession = () =>
  request<Session>("GET", "/session", { ownSignIn: true }).catch((error: unknown) => {
    if (error instanceof Refusal && error.status === 401) return null;
    throw error;
  });

export function SessionGate({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const { data: session, error, isPending, refetch } = useQuery({
    queryKey: ["session"],
    queryFn: askSession,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
  });
  if (session) setCsrf(session.csrf);
  const room = useMemo<SessionRoom | null>(
    () =>
      session
        ? {
            session,
            login: loginOf(session),
            signOut: async () => {
              await request("DELETE", "/session", { ownSignIn: true }).catch((failure: unknown) => {
                if (!(failure instanceof Refusal && failure.status === 401)) throw failure;
              });
              forgetLocalDrafts();
              client.clear();
              window.location.assign("/");
            },
          }
        : null,
    [session, client],
  );
  if (isPending) return <p className="waiting">正在打开…</p>;
  if (error) {
    return (
      <main className="alone">
        <h1>法治台账</h1>
        <p role="alert">{sentence(error)}</p>
        <button type="button" className="button primary" onClick={() => void refetch()}>
          重试
        </button>
      </main>
    );
  }
  const arrived = (opened: Session) => client.setQueryData(["session"], opened);
  if (!room) {
    return (
      <main className="alone">
        <h1>法治台账</h1>
        <SignInForm onSignedIn={arrived} />
        <p className="banner-line">非涉密系统，严禁录入涉密信息</p>
      </main>
    );
  }
  if (room.session.must_change_password) {
    return (
      <main className="alone">
        <FirstPassword rules={room.session.password_rules} onChanged={() => void client.invalidateQueries({ queryKey: ["session"] })} />
      </main>
    );
  }
  if (room.session.must_add_totp) {
    return (
      <main className="alone">
        <h1>请先启用动态码</h1>
        <p>您的岗位要求登录时除了密码，还要填手机上每30秒换一次的六位数字。</p>
        <Suspense fallback={<p className="waiting">正在打开…</p>}>
          <AddCodes onAdded={() => void client.invalidateQueries({ queryKey: ["session"] })} />
        </Suspense>
      </main>
    );
  }
  return (
    <Context.Provider value={room}>
      {children}
      <SignInAgain login={room.login} onSignedIn={arrived} />
    </Context.Provider>
  );
}

// Requests that met an ended session wait here until somebody has signed in.
function SignInAgain({ login, onSignedIn }: { login: string; onSignedIn: (session: Session) => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const waiting = useRef<(() => void)[]>([]);
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    setSignInAgain(
      () =>
        new Promise<void>((resolve) => {
          waiting.current.push(resolve);
          setAsked(true);
        }),
    );
    setRenewWord(async () => {
      const now = await askSession();
      if (!now || loginOf(now) !== login) return false;
      setCsrf(now.csrf);
      return true;
    });
    return () => {
      setSignInAgain(null);
      setRenewWord(null);
    };
  }, [login]);
  useEffect(() => {
    if (asked) dialog.current?.showModal();
    else dialog.current?.close();
  }, [asked]);
  const signedIn = (session: Session) => {
    // Somebody else at this computer: what is on the page is not theirs.
    if (loginOf(session) !== login) return window.location.assign("/");
    setCsrf(session.csrf);
    onSignedIn(session);
    setAsked(false);
    for (const resolve of waiting.current.splice(0)) resolve();
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="again" onCancel={(event) => event.preventDefault()}>
      {asked && (
        <>
          <h2 id="again">请重新登录</h2>
          <p>登录已到时间。填的内容都还在，登录后会接着办。</p>
          <SignInForm login={login} onSignedIn={signedIn} />
        </>
      )}
    </dialog>
  );
}
