// What a browser sends of itself, as people call it.
const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, "微信"],
  [/Edg(e|A|iOS)?\//, "Edge浏览器"],
  [/QQBrowser/, "QQ浏览器"],
  [/360SE|QihooBrowser/, "360浏览器"],
  [/Firefox\//, "火狐浏览器"],
  [/Chrome\//, "谷歌内核的浏览器"],
  [/Safari\//, "苹果浏览器"],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, "鸿蒙"],
  [/Android/, "安卓"],
  [/iPhone|iPad/, "苹果手机或平板"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "苹果电脑"],
  [/Linux/, "Linux"],
];

export function browserName(agent: string | undefined): string {
  const named = (of: [RegExp, string][]) => of.find(([pattern]) => pattern.test(agent ?? ""))?.[1] ?? "";
  const browser = named(BROWSERS);
  const system = named(SYSTEMS);
  if (!browser) return agent || "未知浏览器";
  return system ? `${browser}（${system}）` : browser;
}
