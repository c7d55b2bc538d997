// A unit under another name or another section; a person in another unit, with other posts.
import { useState } from "react";
import { officePath } from "../api/queries";
import type { Office, Placement, UnitChange } from "../api/types";
import { OfficeDialog, Text, UnitChoice } from "./office-dialog";

type Unit = Office["units"][number];
type Person = Office["persons"][number];

interface ChangeProps {
  office: Office;
  onClose: () => void;
  onChanged: (said: string) => void;
}

export function ChangeUnit({ office, unit, onClose, onChanged }: ChangeProps & { unit: Unit }) {
  const [typed, setTyped] = useState<UnitChange>({
    name: unit.name,
    short_name: unit.short_name ?? "",
    lead_section: office.units.find((each) => each.id === unit.lead_section)?.code ?? "",
  });
  return (
    <OfficeDialog
      title={`修改单位：${unit.name}`}
      method="PUT"
      path={officePath(office.code, `/units/${unit.code}`)}
      body={typed}
      save="保存"
      leave="不改了"
      onClose={onClose}
      onSaved={() => onChanged(`已修改单位：${typed.name}。`)}
    >
      <p className="quiet">以前登记的内容也按新的名称显示，流水里留着原来的名称。</p>
      <Text label="名称" value={typed.name} onChange={(name) => setTyped({ ...typed, name })} />
      <Text label="简称" value={typed.short_name ?? ""} onChange={(short_name) => setTyped({ ...typed, short_name })} />
      <UnitChoice
        office={office}
        label="分管科室"
        kind="section"
        none="没有"
        value={typed.lead_section ?? ""}
        onChange={(lead_section) => setTyped({ ...typed, lead_section })}
      />
    </OfficeDialog>
  );
}

export function PlacePerson({ office, person, onClose, onChanged }: ChangeProps & { person: Person }) {
  const codeOf = (id: number) => office.units.find((unit) => unit.id === id)?.code ?? "";
  const [typed, setTyped] = useState<Placement>({
    unit: codeOf(person.unit),
    posts: person.posts.map((post) => ({ post: post.post, unit: codeOf(post.unit) })),
  });
  const [next, setNext] = useState("");
  const setPosts = (posts: Placement["posts"]) => setTyped({ ...typed, posts });
  const titleOf = (post: string) => office.roles.find((role) => role.id === post)?.title ?? post;
  return (
    <OfficeDialog
      title={`调整单位和岗位：${person.name}`}
      method="PUT"
      path={officePath(office.code, `/persons/${person.code}/place`)}
      body={typed}
      save="保存"
      leave="不调了"
      onClose={onClose}
      onSaved={() => onChanged(`已调整${person.name}的单位和岗位。`)}
    >
      <p className="quiet">从现在起生效；经手的事仍在本人名下，要转给别人请用“交接工作”。</p>
      <UnitChoice office={office} label="单位" none="请选择" value={typed.unit} onChange={(unit) => setTyped({ ...typed, unit })} />
      <fieldset className="row-card">
        <legend>岗位</legend>
        {typed.posts.length === 0 && <p className="quiet">没有岗位。</p>}
        {typed.posts.map((held, place) => (
          <div className="bar" key={`${held.post}-${place}`}>
            <span>{titleOf(held.post)}</span>
            <select
              className="input"
              aria-label={`${titleOf(held.post)}：在哪个单位`}
              value={held.unit}
              onChange={(event) =>
                setPosts(typed.posts.map((each, at) => (at === place ? { ...each, unit: event.target.value } : each)))
              }
            >
              {office.units.map((unit) => (
                <option key={unit.id} value={unit.code}>
                  {unit.name}
                </option>
              ))}
            </select>
            <button
              type="button"
              className="button small"
              aria-label={`免去${titleOf(held.post)}`}
              onClick={() => setPosts(typed.posts.filter((_, at) => at !== place))}
            >
              免去
            </button>
          </div>
        ))}
        <label>
          增加岗位
          <select
            className="input"
            value={next}
            onChange={(event) => {
              if (event.target.value !== "") setPosts([...typed.posts, { post: event.target.value, unit: typed.unit }]);
              setNext("");
            }}
          >
            <option value="">请选择</option>
            {office.roles.map((role) => (
              <option key={role.id} value={role.id}>
                {role.title}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
    </OfficeDialog>
  );
}
