import { PRESETS, type Preset, targetsOf } from '#lib/vocabulary/formats.ts'
import { CrossIcon } from '../icons.tsx'
import { type ConversionSettings, DEFAULT_SETTINGS, isSameSettings } from './conversion-settings.ts'
import { describe, targetName } from './labels.ts'
import type { PresetsState, SavedPreset } from './use-presets.ts'

interface Props {
  settings: ConversionSettings
  presets: PresetsState
  /** Of the only file that they are for; unset: for any file. */
  format?: string | undefined
  onSettings: (settings: ConversionSettings) => void
}

/** One button per preset; the chosen one is pressed, and pressing it again resets it. */
export function PresetChips({ settings, presets, format, onSettings }: Props) {
  const chosen = presetOf(settings, presets.own)
  const offered = everyPreset(presets.own).filter(
    ({ target }) => !format || targetsOf(format).includes(target),
  )
  const forget = async ({ name }: Preset) => {
    if (confirm(`Delete your preset “${name}”?`)) await presets.remove(name)
  }
  return (
    <fieldset className="chips" aria-label="Presets">
      {offered.map(preset => {
        const { name, sentence, target, options } = preset
        const isChosen = preset.name === chosen?.name
        const isOwn = !PRESETS.includes(preset)
        return (
          <span key={name} className="preset" data-own={isOwn}>
            <button
              type="button"
              aria-pressed={isChosen}
              title={sentence}
              onClick={() => onSettings(isChosen ? DEFAULT_SETTINGS : { target, options })}
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

/** The preset that equals these settings, if any. */
export function presetOf(settings: ConversionSettings, own: readonly SavedPreset[]): Preset | undefined {
  return everyPreset(own).find(preset => isSameSettings(preset, settings))
}

function everyPreset(own: readonly SavedPreset[]): Preset[] {
  const withSentence = own.map(preset => ({ ...preset, sentence: sentenceOf(preset) }))
  return [...PRESETS, ...withSentence]
}

function sentenceOf(preset: SavedPreset): string {
  const set = describe(preset.options)
  return `Your own: ${targetName(preset)}${set && `, ${set.replace(/^./, letter => letter.toLowerCase())}`}.`
}
