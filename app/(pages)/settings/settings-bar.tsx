import { useId } from 'react'
import { type ConversionSettings, withoutTransient, withTarget } from './conversion-settings.ts'
import { describe, targetGroups, targetSentence } from './labels.ts'
import { PresetChips, presetOf } from './preset-chips.tsx'
import type { PresetsState } from './use-presets.ts'
import './settings.css'

interface Props {
  settings: ConversionSettings
  presets: PresetsState
  /** Of the only file that they are for; unset: for any file. */
  format?: string | undefined
  onSettings: (settings: ConversionSettings) => void
}

/** The choice of a target or a preset. */
export function SettingsBar({ settings, presets, format, onSettings }: Props) {
  const sentence = useId()
  const preset = presetOf(settings, presets.own)
  return (
    <div className="settings">
      <div className="settings-bar">
        <label className="target">
          Into
          <select
            className="field"
            value={settings.target}
            aria-describedby={sentence}
            onChange={event => onSettings(withTarget(settings, event.currentTarget.value))}
          >
            {targetGroups(format).map(({ title, members }) => (
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
        <PresetChips settings={settings} presets={presets} format={format} onSettings={onSettings} />
      </div>
      <p id={sentence} className="fine">
        {preset?.sentence ??
          `${targetSentence(settings)} ${stop(describe(withoutTransient(settings).options))}`}
      </p>
    </div>
  )
}

const stop = (text: string) => text && `${text}.`
