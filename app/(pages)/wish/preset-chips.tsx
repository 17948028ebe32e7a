import { PRESETS, type Preset } from '#lib/formats.ts'
import { CrossIcon } from '../icons.tsx'
import type { OwnPreset, Presets } from './use-presets.ts'
import { isSameWish, PLAIN, type Wish } from './wish.ts'
import { describe, nameOf } from './words.ts'

interface Props {
  wish: Wish
  presets: Presets
  onWish: (wish: Wish) => void
}

/** Wishes with a name, each a button; the one that is chosen is pressed, and pressed again it is let go. */
export function PresetChips({ wish, presets, onWish }: Props) {
  const chosen = presetOf(wish, presets.own)
  const forget = async ({ name }: Preset) => {
    if (confirm(`Delete your preset “${name}”?`)) await presets.remove(name)
  }
  return (
    <fieldset className="chips" aria-label="Presets">
      {everyPreset(presets.own).map(preset => {
        const { name, sentence, target, options } = preset
        const isChosen = preset.name === chosen?.name
        const isOwn = !PRESETS.includes(preset)
        return (
          <span key={name} className="preset" data-own={isOwn}>
            <button
              type="button"
              aria-pressed={isChosen}
              title={sentence}
              onClick={() => onWish(isChosen ? PLAIN : { target, options })}
            >
              {name}
            </button>
            {isOwn && (
              <button
                type="button"
                className="forget"
                title={`Delete the preset “${name}”`}
                onClick={() => forget(preset)}
              >
                <CrossIcon />
                <span className="unseen">Delete the preset {name}</span>
              </button>
            )}
          </span>
        )
      })}
    </fieldset>
  )
}

/** The preset that this wish is, if it is one. */
export function presetOf(wish: Wish, own: readonly OwnPreset[]): Preset | undefined {
  return everyPreset(own).find(preset => isSameWish(preset, wish))
}

function everyPreset(own: readonly OwnPreset[]): Preset[] {
  const withSentence = own.map(preset => ({ ...preset, sentence: sentenceOf(preset) }))
  return [...PRESETS, ...withSentence]
}

function sentenceOf(preset: OwnPreset): string {
  const set = describe(preset.options)
  return `Your own: ${nameOf(preset)}${set && `, ${set.replace(/^./, letter => letter.toLowerCase())}`}.`
}
