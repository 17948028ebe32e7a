import { PRESETS, type Preset, targetsOf } from '#lib/vocabulary/formats.ts'
import { CrossIcon } from '../icons.tsx'
import { builtInPreset, inSentence } from '../messages/names.ts'
import type { Texts } from '../messages/texts.ts'
import { useTexts } from '../messages/use-texts.tsx'
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
  const texts = useTexts()
  const { t } = texts
  const chosen = presetOf(settings, presets.own)
  const offered = everyPreset(presets.own).filter(
    ({ target }) => !format || targetsOf(format).includes(target),
  )
  const forget = async ({ name }: SavedPreset) => {
    if (confirm(t('settings.confirmDeletion', { name }))) await presets.remove(name)
  }
  return (
    <fieldset className="chips" aria-label={t('settings.presets')}>
      {offered.map(preset => {
        const { name, target, options } = preset
        const isOwn = !('sentence' in preset)
        const isChosen = preset.name === chosen?.name
        return (
          <span key={name} className="preset" data-own={isOwn}>
            <button
              type="button"
              aria-pressed={isChosen}
              title={presetSentence(texts, preset)}
              onClick={() => onSettings(isChosen ? DEFAULT_SETTINGS : { target, options })}
            >
              {'sentence' in preset ? builtInPreset(texts, preset).name : name}
            </button>
            {isOwn && (
              <button
                type="button"
                className="forget"
                title={t('settings.deletePreset', { name })}
                onClick={() => forget(preset)}
              >
                <CrossIcon />
                <span className="unseen">{t('settings.deletePreset', { name })}</span>
              </button>
            )}
          </span>
        )
      })}
    </fieldset>
  )
}

/** The preset that equals these settings, if any. */
export function presetOf(
  settings: ConversionSettings,
  own: readonly SavedPreset[],
): Preset | SavedPreset | undefined {
  return everyPreset(own).find(preset => isSameSettings(preset, settings))
}

function everyPreset(own: readonly SavedPreset[]): (Preset | SavedPreset)[] {
  return [...PRESETS, ...own]
}

/** What a preset does; one of the user's own tells its settings. */
export function presetSentence(texts: Texts, preset: Preset | SavedPreset): string {
  if ('sentence' in preset) return builtInPreset(texts, preset).sentence
  const parts = [targetName(texts, preset), inSentence(texts, describe(texts, preset.options))]
  return texts.t('settings.ownPreset', { settings: parts.filter(Boolean).join(texts.t('page.comma')) })
}
