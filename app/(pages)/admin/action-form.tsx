import { under } from '../live/address.ts'

interface Props {
  /** Of the action, such as `/admin/queues/convert/pause`. */
  path: string
  /** The page to come back to. */
  to: string
  label: string
  /** What it does, where the label does not say it. */
  about?: string
  fields?: Readonly<Record<string, string>>
}

/** A button that takes an action; it needs no script. */
export function ActionForm({ path, to, label, about, fields = {} }: Props) {
  return (
    <form className="action" method="post" action={under(path)}>
      <input type="hidden" name="back" value={to} />
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button className="button" type="submit" title={about}>
        {label}
      </button>
    </form>
  )
}
