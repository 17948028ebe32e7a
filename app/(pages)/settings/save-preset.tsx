import { type SubmitEvent, useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import { errorLine } from '../messages/error-text.ts'
import { useTexts } from '../messages/use-texts.tsx'
import { type ConversionSettings, hasSecret } from './conversion-settings.ts'
import type { PresetsState } from './use-presets.ts'

/** The user has just opened this field. */
const focus = (field: HTMLInputElement | null) => field?.focus()

/** Saves the current target and options under a name. */
export function SavePreset({ settings, presets }: { settings: ConversionSettings; presets: PresetsState }) {
  const texts = useTexts()
  const { t } = texts
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [refusal, setRefusal] = useState<JobError | null>(null)
  if (!isOpen)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        {t('settings.savePreset')}
      </button>
    )
  const close = () => {
    setOpen(false)
    setName('')
    setRefusal(null)
  }
  const save = async (event: SubmitEvent) => {
    event.preventDefault()
    const refused = await presets.save(name.trim(), settings)
    if (refused) setRefusal(refused)
    else close()
  }
  return (
    <form className="save" onSubmit={save}>
      <label>
        {t('page.name')}
        <input
          ref={focus}
          className="field"
          required
          maxLength={60}
          value={name}
          onChange={e => setName(e.currentTarget.value)}
        />
      </label>
      <button type="submit" className="button main">
        {t('settings.save')}
      </button>
      <button type="button" className="quiet" onClick={close}>
        {t('page.cancel')}
      </button>
      {hasSecret(settings) && <p className="fine">{t('settings.noPasswords')}</p>}
      {refusal && (
        <p className="say bad" role="alert">
          {errorLine(texts, refusal)}
        </p>
      )}
    </form>
  )
}
