// A field's value as people read it: the server's own text; rows as a table.
import type { Entry, Field } from "../api/types";
import { ABSENCE_TITLES, withUnit } from "./values";

interface Shown {
  field: Field;
  entry: Pick<Entry, "shown" | "shown_rows" | "absent" | "private">;
  revealed?: Record<string, string>;
}

export function hasContent({ field, entry, revealed }: Shown): boolean {
  return Boolean(
    entry.shown[field.id] || entry.absent[field.id] || entry.private.includes(field.id) || revealed?.[field.id],
  );
}

export function FieldView({ field, entry, revealed }: Shown) {
  const absent = entry.absent[field.id];
  if (absent) return <span className="quiet">{ABSENCE_TITLES[absent]}</span>;
  if (revealed?.[field.id]) return <span className="long-text">{withUnit(field, revealed[field.id])}</span>;
  if (entry.private.includes(field.id)) return <span className="quiet">●●●（已保密）</span>;
  const rows = entry.shown_rows?.[field.id];
  if (rows && rows.length > 0 && field.of) {
    const columns = field.of.filter((column) => rows.some((row) => row[column.id]));
    return (
      <div className="scroll-x" tabIndex={0} role="region" aria-label={field.title}>
        <table className="plain">
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col">
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, n) => (
              <tr key={n}>
                {columns.map((column) => (
                  <td key={column.id}>{withUnit(column, row[column.id])}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    );
  }
  return <span className="long-text">{withUnit(field, entry.shown[field.id])}</span>;
}
