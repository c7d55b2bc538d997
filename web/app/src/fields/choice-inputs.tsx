// Inputs of what is chosen from a few: yes or no, one option, several.
import { Checkbox, Radio, Select } from "antd";
import type { InputProps } from "./input-props";

const RADIOS_MAX = 5;
const BOXES_MAX = 12;

const labelOf = (id: string) => `${id}-label`;

// Options that are not in use any more are shown only where they are the value.
function optionsOf({ field, value }: InputProps) {
  const chosen = Array.isArray(value) ? value : [value];
  return (field.options ?? [])
    .filter((option) => !option.retired || chosen.includes(option.id))
    .map((option) => ({ value: option.id, label: option.retired ? `${option.title}（已停用）` : option.title }));
}

export function YesNoInput({ id, value, onChange, describedBy }: InputProps) {
  return (
    <Radio.Group
      aria-labelledby={labelOf(id)}
      aria-describedby={describedBy}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      options={[
        { value: true, label: "是" },
        { value: false, label: "否" },
      ]}
    />
  );
}

export function ChoiceInput(props: InputProps) {
  const { id, value, onChange, wrong, describedBy, field } = props;
  const options = optionsOf(props);
  if (options.length <= RADIOS_MAX) {
    return (
      <Radio.Group
        aria-labelledby={labelOf(id)}
        aria-describedby={describedBy}
        value={value}
        options={options}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <Select
      id={id}
      className="fill"
      showSearch
      allowClear={!field.required}
      optionFilterProp="label"
      placeholder="请选择，可输入文字查找"
      status={wrong ? "error" : undefined}
      aria-describedby={describedBy}
      value={(value as string | undefined) ?? undefined}
      options={options}
      onChange={(chosen) => onChange(chosen)}
    />
  );
}

export function ChoicesInput(props: InputProps) {
  const { id, value, onChange, wrong, describedBy } = props;
  const options = optionsOf(props);
  const chosen = Array.isArray(value) ? (value as string[]) : [];
  if (options.length <= BOXES_MAX) {
    return (
      <div role="group" aria-labelledby={labelOf(id)} aria-describedby={describedBy}>
        <Checkbox.Group value={chosen} options={options} onChange={(list) => onChange(list)} />
      </div>
    );
  }
  return (
    <Select
      id={id}
      className="fill"
      mode="multiple"
      optionFilterProp="label"
      placeholder="可选几项"
      status={wrong ? "error" : undefined}
      aria-describedby={describedBy}
      value={chosen}
      options={options}
      onChange={(list) => onChange(list)}
    />
  );
}

// These are groups: their label names them by aria-labelledby, not by htmlFor.
export function isGroupInput(props: Pick<InputProps, "field" | "value">): boolean {
  const { field } = props;
  if (field.type === "yes_no") return true;
  if (field.type === "choice") return optionsOf(props as InputProps).length <= RADIOS_MAX;
  if (field.type === "choices") return optionsOf(props as InputProps).length <= BOXES_MAX;
  return field.type === "list" || field.type === "group" || field.type === "figure";
}
