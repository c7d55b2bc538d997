// How findings and verdicts are called.
import type { Finding, ReviewedReport } from "../api/types";

export const LEVELS: Record<Finding["level"], string> = { error: "错误", warning: "警告", note: "提示" };
export const LEVEL_MARKS: Record<Finding["level"], string> = { error: "bad", warning: "", note: "plain" };
export const ORIGINS: Record<ReviewedReport["origin"], string> = { own: "本单位起草", below: "下级单位送来", third_party: "第三方文本" };

// Nothing need be done about it any more.
export const isSettled = (finding: Finding) => finding.human?.state === "stands" && finding.human.verdict !== "confirmed";

// Keeps a report of one's own from being signed.
export const isBlocking = (finding: Finding) => finding.level === "error" && finding.verdict === "FAIL" && !isSettled(finding);
