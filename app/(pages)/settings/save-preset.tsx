import { type SubmitEvent, useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import { type ConversionSettings, hasSecret } from './conversion-settings.ts'
import type { PresetsState } from './use-presets.ts'

/** The user has just opened this field. */
const focus = (field: HTMLInputElement | null) => field?.focus()

/** Saves the current target and options under a name. */
export function SavePreset({ settings, presets }: { settings: ConversionSettings; presets: PresetsState }) {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [refusal, setRefusal] = useState<JobError | null>(null)
  if (!isOpen)
    return (
      <button type="button" className="button" onClick={() => setOpen(true)}>
        Save as preset…
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
        Name
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
        Save
      </button>
      <button type="button" className="quiet" onClick={close}>
        Cancel
      </button>
      {hasSecret(settings) && <p className="fine">Passwords are not kept.</p>}
      {refusal && (
        <p className="say bad" role="alert">
          {refusal.message} {refusal.nextStep}
        </p>
      )}
    </form>
  )
}
