// How findings and verdicts are called.
import type { Finding, HumanVerdict, ReviewedReport } from "../api/types";

export const LEVELS: Record<Finding["level"], string> = { error: "错误", warning: "警告", note: "提示" };
export const LEVEL_MARKS: Record<Finding["level"], string> = { error: "bad", warning: "", note: "plain" };
export const VERDICTS: Record<HumanVerdict["verdict"], string> = { confirmed: "属实", wrong: "误报", waived: "豁免" };
export const ORIGINS: Record<ReviewedReport["origin"], string> = { own: "本单位起草", below: "下级单位送来", third_party: "第三方文本" };

// Nothing need be done about it any more.
export const isSettled = (finding: Finding) => finding.human?.state === "stands" && finding.human.verdict !== "confirmed";

// Keeps a report of one's own from being signed.
export const isBlocking = (finding: Finding) => finding.level === "error" && finding.verdict === "FAIL" && !isSettled(finding);

export function verdictLine(human: HumanVerdict): string {
  const name = VERDICTS[human.verdict];
  const by = `${human.given_by}，${human.given_on}`;
  if (human.verdict !== "waived") return `${name}（${by}）`;
  if (human.state === "asked") return `申请豁免到${human.expires_on}，等另一人批准（${by}）`;
  if (human.state === "expired") return `豁免已在${human.expires_on}到期（${by}）`;
  return `豁免到${human.expires_on}（${by}；${human.approved_by}批准）`;
}
