// The left menu, and the unit whose work is looked at: it stays chosen from page to page, in the address.
import { NavLink, useSearchParams } from "react-router-dom";
import { useOffice } from "../api/queries";
import type { Unit } from "../api/types";

// `needs`: an ability in the office; without it the page would have nothing to show.
const ITEMS: [path: string, title: string, needs?: "review"][] = [
  ["workbench", "工作台"],
  ["ledgers", "台账"],
  ["tasks", "任务与销号"],
  ["clocks", "期限"],
  ["duties", "定期义务"],
  ["reviews", "审查", "review"],
  ["reports", "报告"],
  ["statistics", "统计"],
  ["organisation", "组织"],
  ["settings", "设置"],
];

const KINDS: [kind: string, title: string][] = [
  ["section", "科室"],
  ["community", "社区"],
  ["village", "村"],
  ["bureau", "派驻和委办"],
  ["other", "其他"],
];

export function groupedUnits(units: Unit[]): { title: string; units: Unit[] }[] {
  return KINDS.map(([kind, title]) => ({ title, units: units.filter((unit) => unit.kind === kind) })).filter(
    (group) => group.units.length > 0,
  );
}

export function Menu({ office }: { office: string }) {
  const { data } = useOffice(office);
  const [words, setWords] = useSearchParams();
  const unit = words.get("unit") ?? "";
  const choose = (chosen: string) => {
    const next = new URLSearchParams(words);
    next.delete("cursor");
    if (chosen) next.set("unit", chosen);
    else next.delete("unit");
    setWords(next);
  };
  return (
    <>
      <ul className="menu">
        {ITEMS.filter(([, , needs]) => !needs || data?.abilities.includes(needs)).map(([path, title]) => (
          <li key={path}>
            <NavLink to={{ pathname: `/offices/${office}/${path}`, search: unit ? `?unit=${unit}` : "" }}>
              {title}
            </NavLink>
          </li>
        ))}
      </ul>
      {data && data.units.length > 1 && (
        <label className="unit-choice">
          只看这个科室社区
          <select className="input" value={unit} onChange={(event) => choose(event.target.value)}>
            <option value="">全部</option>
            {groupedUnits(data.units).map((group) => (
              <optgroup key={group.title} label={group.title}>
                {group.units.map((each) => (
                  <option key={each.id} value={each.code}>
                    {each.short_name || each.name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
      )}
    </>
  );
}
