// A field with fields inside: a list's rows, a group.
import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { FieldRow } from "./field-row";
import type { NestedProps } from "./input-props";
import { isRow, type Row } from "./values";

export function GroupInput({ field, place, value, errors, set, id }: NestedProps) {
  const row = isRow(value) ? value : {};
  return (
    <div role="group" aria-labelledby={`${id}-label`} className="field-grid nested">
      {(field.of ?? []).map((column) => (
        <FieldRow
          key={column.id}
          field={column}
          place={{ field: place.field, column: column.id }}
          value={row[column.id]}
          errors={errors}
          set={set}
        />
      ))}
    </div>
  );
}

export function ListInput({ field, place, value, onChange, errors, set, id, describedBy }: NestedProps) {
  const rows = Array.isArray(value) ? (value as Row[]) : [];
  const remove = (at: number) => onChange(rows.filter((_, n) => n !== at));
  return (
    <div role="group" aria-labelledby={`${id}-label`} aria-describedby={describedBy} className="rows">
      {rows.map((row, n) => (
        // Rows have no identity but their place.
        <fieldset key={n} className="row-card">
          <legend>
            {field.title}第{n + 1}行
            <Button
              type="text"
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`删除${field.title}第${n + 1}行`}
              onClick={() => remove(n)}
            />
          </legend>
          <div className="field-grid nested">
            {(field.of ?? []).map((column) => (
              <FieldRow
                key={column.id}
                field={column}
                place={{ field: place.field, row: n, column: column.id }}
                value={row[column.id]}
                errors={errors}
                set={set}
              />
            ))}
          </div>
        </fieldset>
      ))}
      <Button
        id={id}
        type="dashed"
        icon={<PlusOutlined />}
        onClick={() => onChange([...rows, {}])}
        aria-describedby={describedBy}
      >
        加一行{field.title}
      </Button>
    </div>
  );
}
