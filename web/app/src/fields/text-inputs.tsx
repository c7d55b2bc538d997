// Inputs of what is typed: words, numbers, money, days, hours.
import { DatePicker, Input } from "antd";
import dayjs from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat";
import "dayjs/locale/zh-cn";
import { asText, type InputProps } from "./input-props";

dayjs.extend(customParseFormat);
dayjs.locale("zh-cn");

const shared = ({ id, wrong, describedBy, field }: InputProps) => ({
  id,
  status: wrong ? ("error" as const) : undefined,
  "aria-invalid": wrong || undefined,
  "aria-describedby": describedBy,
  "aria-required": field.required || undefined,
});

export function TextInput(props: InputProps) {
  const { field, value, onChange } = props;
  const phone = field.type === "phone";
  return (
    <Input
      {...shared(props)}
      autoComplete="off"
      inputMode={phone ? "tel" : undefined}
      maxLength={field.type === "id_number" ? 18 : undefined}
      value={asText(value)}
      suffix={field.unit}
      onChange={(event) =>
        onChange(field.type === "id_number" ? event.target.value.toUpperCase() : event.target.value)
      }
    />
  );
}

// Grows by style sheet where the browser can: antd's autoSize writes a style attribute, which the server's policy
// forbids.
export function NoteInput(props: InputProps) {
  return (
    <Input.TextArea
      {...shared(props)}
      className="growing"
      rows={props.field.type === "versioned_text" ? 8 : 3}
      value={asText(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}

// Typed text, as the server reads 1,234.5 and 0.5万 itself.
export function NumberInput(props: InputProps) {
  const { field, value, onChange } = props;
  return (
    <Input
      {...shared(props)}
      autoComplete="off"
      inputMode="decimal"
      value={asText(value)}
      suffix={field.type === "money" ? "元" : field.unit}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

// As clerks write days; what is none of these is not taken.
const DAY_FORMATS = ["YYYY-MM-DD", "YYYY.M.D", "YYYY/M/D", "YYYY年M月D日", "YYYYMMDD"];
const TIME_FORMATS = ["YYYY-MM-DD HH:mm", "YYYY.M.D H:mm", "YYYY/M/D H:mm"];

export function DateInput(props: InputProps) {
  const { value, onChange, field } = props;
  const withTime = field.type === "datetime";
  const formats = withTime ? TIME_FORMATS : DAY_FORMATS;
  const shown = typeof value === "string" && value !== "" ? dayjs(value, formats[0], true) : null;
  return (
    <DatePicker
      {...shared(props)}
      className="fill"
      format={formats}
      showTime={withTime ? { format: "HH:mm" } : false}
      needConfirm={false}
      placeholder={withTime ? "如 2024-05-06 09:30" : "如 2024-05-06"}
      value={shown?.isValid() ? shown : null}
      disabledDate={field.future ? undefined : (day) => day.isAfter(dayjs(), "day")}
      onChange={(day) => onChange(day ? day.format(formats[0]) : undefined)}
    />
  );
}

export function TimeInput(props: InputProps) {
  return (
    <Input
      {...shared(props)}
      type="time"
      value={asText(props.value)}
      onChange={(event) => props.onChange(event.target.value)}
    />
  );
}
