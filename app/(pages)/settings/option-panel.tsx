import { useEffect, useRef, useState } from 'react'
import type { Option } from '#lib/vocabulary/formats.ts'
import { useTexts } from '../messages/use-texts.tsx'
import { type ConversionSettings, withOption } from './conversion-settings.ts'
import { optionGroups } from './labels.ts'
import { OptionField } from './option-field.tsx'
import { SavePreset } from './save-preset.tsx'
import type { PresetsState } from './use-presets.ts'
import '../disclosure.css'
import './options.css'

interface Props {
  settings: ConversionSettings
  presets: PresetsState
  /** Of the only file that they are for; unset: for any file. */
  format?: string | undefined
  /** Whether it is open from the start. */
  isOpen?: boolean
  onSettings: (settings: ConversionSettings) => void
}

/** All options of the chosen target; closed until the user opens it. */
export function OptionPanel(props: Props) {
  const { t } = useTexts()
  const { settings, isOpen = false } = props
  // Hardly anybody opens it, and its fields are most of the page.
  const [wasOpened, setOpened] = useState(isOpen)
  const panel = useRef<HTMLDetailsElement>(null)
  // It may have been opened before this code was there.
  useEffect(() => {
    if (panel.current?.open) setOpened(true)
  }, [])
  return (
    <details ref={panel} className="options" open={isOpen} onToggle={() => setOpened(true)}>
      <Summary title={t('settings.options')} set={Object.keys(settings.options).length} />
      {wasOpened && <Panel {...props} />}
    </details>
  )
}

function Panel({ settings, presets, format, onSettings }: Props) {
  const texts = useTexts()
  const { t } = texts
  const [first, ...more] = optionGroups(texts, settings.target, format)
  const fields = (options: Option[]) => (
    <div className="fields">
      {options.map(option => (
        <OptionField
          key={option.name}
          option={option}
          settings={settings}
          isForOne={format !== undefined}
          onValue={value => onSettings(withOption(settings, option, value))}
        />
      ))}
    </div>
  )
  return (
    <div className="panel">
      {first && fields(first.members)}
      {more.map(({ title, members }) => (
        <details key={title}>
          <Summary title={title} set={members.filter(({ name }) => name in settings.options).length} />
          {fields(members)}
        </details>
      ))}
      <div className="keep">
        {presets.areKept && <SavePreset settings={settings} presets={presets} />}
        {Object.keys(settings.options).length > 0 && (
          <button type="button" className="quiet" onClick={() => onSettings({ ...settings, options: {} })}>
            {t('settings.reset')}
          </button>
        )}
      </div>
    </div>
  )
}

function Summary({ title, set }: { title: string; set: number }) {
  const { t } = useTexts()
  return (
    <summary>
      {title}
      {set > 0 && <span className="count">{t('settings.set', { n: set })}</span>}
    </summary>
  )
}
