// Units, people, posts, who stands in for whom, and the registers of those who hold something until a day.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { Link, useParams } from "react-router-dom";
import { useLedgers, useOffice } from "../api/queries";
import type { Office } from "../api/types";
import { AddPerson, AddUnit } from "../entries/add-to-office";
import { ChangeUnit, PlacePerson } from "../entries/change-in-office";
import { HandOver, StandIns } from "../entries/stand-ins";
import { chineseDay } from "../lib/dates";
import { groupedUnits } from "../shell/menu";
import { QueryFault } from "../shell/page-fault";
import { toast } from "../shell/toasts";

type Unit = Office["units"][number];
type Person = Office["persons"][number];

export function Page() {
  const { office = "" } = useParams();
  const client = useQueryClient();
  const { data, error, refetch } = useOffice(office);
  const ledgers = useLedgers(office);
  const [adding, setAdding] = useState<"unit" | "person" | "hand-over" | null>(null);
  const [changing, setChanging] = useState<Unit | null>(null);
  const [placing, setPlacing] = useState<Person | null>(null);
  const [words, setWords] = useState("");
  if (error) return <QueryFault whole error={error} retry={() => void refetch()} />;
  if (!data) return <p className="waiting">正在读取…</p>;
  const mayAdd = data.abilities.includes("administer");
  const registers = ledgers.data?.filter((ledger) => ledger.is_register && ledger.may.includes("view")) ?? [];
  const added = async (said: string) => {
    setAdding(null);
    setChanging(null);
    setPlacing(null);
    toast("done", said);
    await client.invalidateQueries({ queryKey: ["office", office] });
    await client.invalidateQueries({ queryKey: ["accounts", office] });
  };
  return (
    <>
      <div className="bar spread">
        <h1>组织</h1>
        {mayAdd && (
          <div className="bar">
            <button type="button" className="button" onClick={() => setAdding("unit")}>
              增加单位
            </button>
            <button type="button" className="button" onClick={() => setAdding("person")}>
              增加人员
            </button>
            <button type="button" className="button" onClick={() => setAdding("hand-over")}>
              交接工作
            </button>
          </div>
        )}
      </div>
      <p className="quiet">
        {data.full_name}，从{chineseDay(data.live_from)}起随办随记。
      </p>
      <div className="columns">
        <div>
          <Units office={data} onChange={mayAdd ? setChanging : undefined} />
          <StandIns office={data} />
        </div>
        <section className="card">
          <h2>名册</h2>
          {registers.length === 0 && <p className="quiet">没有您可以查看的名册。</p>}
          <ul className="plain-list">
            {registers.map((ledger) => (
              <li key={ledger.id}>
                <Link to={`/offices/${office}/ledgers/${ledger.id}`}>{ledger.title}</Link>
                <span className="quiet">（{ledger.total}）</span>
                <br />
                <span className="quiet small">{ledger.about}</span>
              </li>
            ))}
          </ul>
        </section>
      </div>
      <section className="card">
        <div className="bar spread">
          <h2>人员和岗位</h2>
          <input
            className="input narrow"
            type="search"
            aria-label="按姓名找人"
            placeholder="按姓名找人"
            value={words}
            onChange={(event) => setWords(event.target.value)}
          />
        </div>
        <Persons office={data} words={words.trim()} onPlace={mayAdd ? setPlacing : undefined} />
      </section>
      {changing && (
        <ChangeUnit office={data} unit={changing} onClose={() => setChanging(null)} onChanged={(said) => void added(said)} />
      )}
      {placing && (
        <PlacePerson office={data} person={placing} onClose={() => setPlacing(null)} onChanged={(said) => void added(said)} />
      )}
      {adding === "hand-over" && (
        <HandOver office={data} onClose={() => setAdding(null)} onDone={(said) => void added(said)} />
      )}
      {adding === "unit" && (
        <AddUnit office={data} onClose={() => setAdding(null)} onAdded={(name) => void added(`已增加单位：${name}。`)} />
      )}
      {adding === "person" && (
        <AddPerson
          office={data}
          onClose={() => setAdding(null)}
          onAdded={(name) => void added(`已增加人员：${name}。要让他登录，请到“设置—账号”里建账号。`)}
        />
      )}
    </>
  );
}

function Units({ office, onChange }: { office: Office; onChange?: (unit: Unit) => void }) {
  const nameOf = (id: number) => office.units.find((unit) => unit.id === id)?.name;
  return (
    <section className="card">
      <h2>单位</h2>
      {groupedUnits(office.units).map((group) => (
        <details key={group.title} open={group.units.length <= 12}>
          <summary>
            {group.title}（{group.units.length}）
          </summary>
          <ul className="plain-list">
            {group.units.map((unit) => (
              <li key={unit.id}>
                {unit.name}
                <span className="quiet small">
                  {" "}
                  {office.persons.filter((person) => person.unit === unit.id).length}人
                  {unit.lead_section ? `，由${nameOf(unit.lead_section) ?? ""}分管` : ""}
                </span>
                {onChange && (
                  <>
                    {" "}
                    <button type="button" className="button link" aria-label={`修改${unit.name}`} onClick={() => onChange(unit)}>
                      修改
                    </button>
                  </>
                )}
              </li>
            ))}
          </ul>
        </details>
      ))}
    </section>
  );
}

function Persons({ office, words, onPlace }: { office: Office; words: string; onPlace?: (person: Person) => void }) {
  const shown = office.persons.filter((person) => person.name.includes(words) || person.code === words);
  const unit = (id: number) => office.units.find((each) => each.id === id)?.name ?? "";
  return (
    <div className="scroll-x" tabIndex={0} role="region" aria-label="人员">
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">姓名</th>
            <th scope="col">代号</th>
            <th scope="col">单位</th>
            <th scope="col">岗位</th>
            <th scope="col">邮箱</th>
            {onPlace && <th scope="col">办理</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((person) => (
            <tr key={person.id}>
              <th scope="row">{person.name}</th>
              <td>{person.code}</td>
              <td>{unit(person.unit)}</td>
              <td>
                {person.posts
                  .map((post) => (post.unit === person.unit ? post.title : `${post.title}（${unit(post.unit)}）`))
                  .join("、") || "没有岗位"}
              </td>
              <td>{person.email}</td>
              {onPlace && (
                <td>
                  <button type="button" className="button link" aria-label={`调整${person.name}的单位和岗位`} onClick={() => onPlace(person)}>
                    调整
                  </button>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === 0 && <p className="quiet">没有找到。</p>}
    </div>
  );
}
