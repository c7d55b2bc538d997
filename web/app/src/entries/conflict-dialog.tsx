// Two people changed one entry: what is stored now beside what was typed, field by field, and whoever sits here
// chooses.
import { useState } from "react";
import type { Entry, Field } from "../api/types";
import { newestFirst } from "./timeline";
import { Dialog } from "../shell/dialog";
import { isBlank, plainText, type Values, wireChanges, withUnit } from "../fields/values";

export interface ConflictProps {
  fields: Field[];
  before: Values; // what the form began with
  mine: Values;
  stored: Entry; // as it is now
  storedValues: Values;
  nameOf: (field: Field, id: unknown) => string;
  onClose: () => void;
  onChosen: (values: Values) => void;
}

type Choice = "mine" | "stored";

export function ConflictDialog(props: ConflictProps) {
  const { fields, before, mine, stored, storedValues, nameOf, onClose, onChosen } = props;
  const changedHere = Object.keys(wireChanges(fields, before, mine));
  const changedThere = new Set(Object.keys(wireChanges(fields, before, storedValues)));
  const concerned = fields.filter((field) => changedHere.includes(field.id));
  const [choices, setChoices] = useState<Record<string, Choice>>(() =>
    Object.fromEntries(changedHere.filter((id) => !changedThere.has(id)).map((id) => [id, "mine" as Choice])),
  );
  const open = concerned.filter((field) => !choices[field.id]);
  const handleChosen = () => {
    const values: Values = { ...storedValues };
    for (const field of concerned) if (choices[field.id] === "mine") values[field.id] = mine[field.id];
    // What is private and was revealed here is not in what the server showed.
    for (const [id, value] of Object.entries(mine)) if (!(id in values) && !isBlank(value) && !changedThere.has(id)) values[id] = value;
    onChosen(values);
  };
  return (
    <Dialog title="这条刚才被别人改过" onClose={onClose} wide>
      <p>{newestFirst(stored.timeline)[0]?.who || "别人"}在您填写的时候保存了新内容。您填的都还在，请逐栏选定。</p>
      <div className="scroll-x">
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">栏目</th>
              <th scope="col">现在存的</th>
              <th scope="col">您填的</th>
            </tr>
          </thead>
          <tbody>
            {concerned.map((field) => (
              <tr key={field.id}>
                <th scope="row">
                  {field.title}
                  {changedThere.has(field.id) && <span className="mark bad">两人都改了</span>}
                </th>
                {(["stored", "mine"] as const).map((side) => (
                  <td key={side}>
                    <label>
                      <input
                        type="radio"
                        name={`choose-${field.id}`}
                        checked={choices[field.id] === side}
                        onChange={() => setChoices({ ...choices, [field.id]: side })}
                      />{" "}
                      <span className="long-text">
                        {side === "stored"
                          ? withUnit(field, stored.shown[field.id]) || plainText(field, storedValues[field.id], nameOf)
                          : plainText(field, mine[field.id], nameOf)}
                      </span>
                    </label>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="bar above">
        <button
          type="button"
          className="button primary"
          aria-disabled={open.length > 0}
          onClick={() => open.length === 0 && handleChosen()}
        >
          按选定的保存
        </button>
        <button type="button" className="button" onClick={onClose}>
          回去再看看
        </button>
        {open.length > 0 && <span className="quiet">还有{open.length}栏没有选定</span>}
      </div>
    </Dialog>
  );
}
