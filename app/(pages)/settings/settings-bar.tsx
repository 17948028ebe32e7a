import { useId } from 'react'
import { useTexts } from '../messages/use-texts.tsx'
import { type ConversionSettings, withoutTransient, withTarget } from './conversion-settings.ts'
import { describe, targetGroups, targetSentence } from './labels.ts'
import { PresetChips, presetOf, presetSentence } from './preset-chips.tsx'
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
  const texts = useTexts()
  const { t } = texts
  const sentence = useId()
  const preset = presetOf(settings, presets.own)
  const set = describe(texts, withoutTransient(settings).options)
  return (
    <div className="settings">
      <div className="settings-bar">
        <label className="target">
          {t('settings.into')}
          <select
            className="field"
            value={settings.target}
            aria-describedby={sentence}
            onChange={event => onSettings(withTarget(settings, event.currentTarget.value))}
          >
            {targetGroups(texts, format).map(({ title, members }) => (
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
        {preset
          ? presetSentence(texts, preset)
          : [targetSentence(texts, settings), set && t('settings.stop', { set })]
              .filter(Boolean)
              .join(t('page.sentences'))}
      </p>
    </div>
  )
}
