import { type ConversionSettings, withoutTransient, withTarget } from './conversion-settings.ts'
import { describe, targetGroups, targetSentence } from './labels.ts'
import { PresetChips, presetOf } from './preset-chips.tsx'
import type { PresetsState } from './use-presets.ts'
import './settings.css'

interface Props {
  settings: ConversionSettings
  presets: PresetsState
  onSettings: (settings: ConversionSettings) => void
}

/** The choice of a target or a preset. */
export function SettingsBar({ settings, presets, onSettings }: Props) {
  const preset = presetOf(settings, presets.own)
  return (
    <div className="settings">
      <div className="settings-bar">
        <label className="target">
          Into
          <select
            className="field"
            value={settings.target}
            aria-describedby="settings-sentence"
            onChange={event => onSettings(withTarget(settings, event.currentTarget.value))}
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
        <PresetChips settings={settings} presets={presets} onSettings={onSettings} />
      </div>
      <p id="settings-sentence" className="fine">
        {preset?.sentence ??
          `${targetSentence(settings)} ${stop(describe(withoutTransient(settings).options))}`}
      </p>
    </div>
  )
}

const stop = (text: string) => text && `${text}.`
