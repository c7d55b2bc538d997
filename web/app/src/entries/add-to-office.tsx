// A new unit; a new person with posts.
import { useState } from "react";
import { officePath } from "../api/queries";
import type { NewPerson, NewUnit, Office } from "../api/types";
import { OfficeDialog, Text, UnitChoice } from "./office-dialog";

const KINDS = [
  ["section", "科室"],
  ["community", "社区"],
  ["village", "村"],
  ["bureau", "派驻和委办"],
  ["other", "其他"],
] as const;

interface AddProps {
  office: Office;
  onClose: () => void;
  onAdded: (name: string) => void;
}

export function AddUnit({ office, onClose, onAdded }: AddProps) {
  const [unit, setUnit] = useState<NewUnit>({ code: "", kind: "community", name: "", short_name: "", lead_section: "" });
  return (
    <OfficeDialog
      title="增加单位"
      method="POST"
      path={officePath(office.code, "/units")}
      body={unit}
      save="增加"
      leave="不加了"
      onClose={onClose}
      onSaved={() => onAdded(unit.name)}
    >
      <Text label="名称" value={unit.name} hint="如 华创社区" onChange={(name) => setUnit({ ...unit, name })} />
      <Text label="简称" value={unit.short_name ?? ""} hint="如 华创" onChange={(short_name) => setUnit({ ...unit, short_name })} />
      <Text
        label="代号"
        value={unit.code}
        hint="小写字母、数字，如 community_12"
        onChange={(code) => setUnit({ ...unit, code })}
      />
      <label>
        类别
        <select className="input" value={unit.kind} onChange={(event) => setUnit({ ...unit, kind: event.target.value })}>
          {KINDS.map(([kind, title]) => (
            <option key={kind} value={kind}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <UnitChoice
        office={office}
        label="分管科室"
        kind="section"
        none="没有"
        value={unit.lead_section ?? ""}
        onChange={(lead_section) => setUnit({ ...unit, lead_section })}
      />
    </OfficeDialog>
  );
}

export function AddPerson({ office, onClose, onAdded }: AddProps) {
  const [person, setPerson] = useState<NewPerson>({ code: "", name: "", unit: "", posts: [], email: "" });
  return (
    <OfficeDialog
      title="增加人员"
      method="POST"
      path={officePath(office.code, "/persons")}
      body={person}
      save="增加"
      leave="不加了"
      onClose={onClose}
      onSaved={() => onAdded(person.name)}
    >
      <Text label="姓名" value={person.name} onChange={(name) => setPerson({ ...person, name })} />
      <Text label="代号" value={person.code} hint="登录时可用，如 p066" onChange={(code) => setPerson({ ...person, code })} />
      <UnitChoice office={office} label="单位" none="请选择" value={person.unit} onChange={(unit) => setPerson({ ...person, unit })} />
      <fieldset className="row-card">
        <legend>岗位</legend>
        {office.roles.map((role) => (
          <label key={role.id} className="check">
            <input
              type="checkbox"
              checked={person.posts.includes(role.id)}
              onChange={(event) =>
                setPerson({
                  ...person,
                  posts: event.target.checked ? [...person.posts, role.id] : person.posts.filter((id) => id !== role.id),
                })
              }
            />{" "}
            {role.title}
          </label>
        ))}
      </fieldset>
      <Text label="邮箱" value={person.email ?? ""} hint="收提醒用，可以不填" onChange={(email) => setPerson({ ...person, email })} />
    </OfficeDialog>
  );
}
