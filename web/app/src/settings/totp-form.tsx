// Codes of the phone (TOTP): the secret as a picture and in letters, confirmed by the first code.
import { QRCode } from "antd";
import { type FormEvent, useState } from "react";
import { request } from "../api/client";
import { sentence } from "../api/refusal";
import type { TotpSecret } from "../api/types";

export function AddCodes({ onAdded, onClose }: { onAdded: () => void; onClose?: () => void }) {
  const [secret, setSecret] = useState<TotpSecret | null>(null);
  const [code, setCode] = useState("");
  const [fault, setFault] = useState("");
  const begin = async () => {
    try {
      setSecret(await request<TotpSecret>("POST", "/session/totp"));
      setFault("");
    } catch (error) {
      setFault(sentence(error));
    }
  };
  const confirm = async (event: FormEvent) => {
    event.preventDefault();
    try {
      await request("PUT", "/session/totp", { body: { code: code.replace(/\s/g, "") } });
      onAdded();
    } catch (error) {
      setFault(sentence(error));
    }
  };
  const wrong = fault && (
    <p className="wrong" role="alert">
      {fault}
    </p>
  );
  if (!secret) {
    return (
      <>
        {wrong}
        <button type="button" className="button" onClick={() => void begin()}>
          启用动态码
        </button>
      </>
    );
  }
  return (
    <form className="sign-in" onSubmit={(event) => void confirm(event)}>
      <p>用手机上的验证器应用扫这个码；扫不了的，把下面的密钥抄进去。</p>
      <QRCode value={secret.url} size={180} bordered={false} />
      <code className="secret">{secret.secret}</code>
      <label>
        手机上现在的六位数字
        <input
          className="input"
          inputMode="numeric"
          autoComplete="one-time-code"
          maxLength={8}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      </label>
      {wrong}
      <div className="bar">
        <button type="submit" className="button primary">
          启用
        </button>
        {onClose && (
          <button type="button" className="button" onClick={onClose}>
            不启用了
          </button>
        )}
      </div>
    </form>
  );
}
