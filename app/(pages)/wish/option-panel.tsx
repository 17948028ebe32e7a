import type { Option } from '#lib/formats.ts'
import { OptionField } from './option-field.tsx'
import { SavePreset } from './save-preset.tsx'
import type { Presets } from './use-presets.ts'
import { type Wish, withOption } from './wish.ts'
import { optionGroups } from './words.ts'
import './options.css'

interface Props {
  wish: Wish
  presets: Presets
  onWish: (wish: Wish) => void
}

/** All that can be told about the chosen target; closed until somebody asks for it. */
export function OptionPanel({ wish, presets, onWish }: Props) {
  const set = Object.keys(wish.options).length
  const [first, ...more] = optionGroups(wish.target)
  const fields = (options: Option[]) => (
    <div className="fields">
      {options.map(option => (
        <OptionField
          key={option.name}
          option={option}
          wish={wish}
          onValue={value => onWish(withOption(wish, option, value))}
        />
      ))}
    </div>
  )
  return (
    <details className="options">
      <Summary title="Options" set={set} />
      <div className="panel">
        {first && fields(first.members)}
        {more.map(({ title, members }) => (
          <details key={title}>
            <Summary title={title} set={members.filter(({ name }) => name in wish.options).length} />
            {fields(members)}
          </details>
        ))}
        <div className="keep">
          <SavePreset wish={wish} presets={presets} />
          {set > 0 && (
            <button type="button" className="quiet" onClick={() => onWish({ ...wish, options: {} })}>
              Reset all options
            </button>
          )}
        </div>
      </div>
    </details>
  )
}

function Summary({ title, set }: { title: string; set: number }) {
  return (
    <summary>
      {title}
      {set > 0 && <span className="count">{set} set</span>}
    </summary>
  )
}
