import { PresetChips, presetOf } from './preset-chips.tsx'
import type { Presets } from './use-presets.ts'
import { lasting, type Wish, withTarget } from './wish.ts'
import { describe, sentenceOf, targetGroups } from './words.ts'
import './wish.css'

interface Props {
  wish: Wish
  presets: Presets
  onWish: (wish: Wish) => void
}

/** What to make of the files: a target, or a preset. */
export function WishLine({ wish, presets, onWish }: Props) {
  const preset = presetOf(wish, presets.own)
  return (
    <div className="wish">
      <div className="wish-line">
        <label className="target">
          Into
          <select
            className="field"
            value={wish.target}
            aria-describedby="wish-sentence"
            onChange={event => onWish(withTarget(wish, event.currentTarget.value))}
          >
            {targetGroups().map(({ title, members }) => (
              <optgroup key={title} label={title}>
                {members.map(({ target, name }) => (
                  <option key={target} value={target}>
                    {name}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        </label>
        <PresetChips wish={wish} presets={presets} onWish={onWish} />
      </div>
      <p id="wish-sentence" className="fine">
        {preset?.sentence ?? `${sentenceOf(wish)} ${stop(describe(lasting(wish).options))}`}
      </p>
    </div>
  )
}

const stop = (text: string) => text && `${text}.`
