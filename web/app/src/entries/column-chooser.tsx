// Which columns a list shows; kept in the address, so that a saved view has them too.
import { Checkbox, Popover } from "antd";
import type { Ledger } from "../api/types";

interface ColumnChooserProps {
  ledger: Ledger;
  columns: string[];
  onChange: (columns: string[]) => void;
}

export function ColumnChooser({ ledger, columns, onChange }: ColumnChooserProps) {
  const fields = ledger.fields.filter((field) => !field.private && field.id !== ledger.dated_by);
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      content={
        <div className="column-list" role="group" aria-label="显示哪些栏">
          <Checkbox.Group
            value={columns}
            onChange={(chosen) => onChange(fields.map((field) => field.id).filter((id) => chosen.includes(id)))}
          >
            {fields.map((field) => (
              <Checkbox key={field.id} value={field.id}>
                {field.title}
              </Checkbox>
            ))}
          </Checkbox.Group>
        </div>
      }
    >
      <button type="button" className="button">
        显示的栏
      </button>
    </Popover>
  );
}
