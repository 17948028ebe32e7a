import { type SubmitEvent, useId, useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import type { JobsStore } from './live/jobs-store.ts'
import { useTexts } from './messages/use-texts.tsx'
import './unlock.css'
import { Refusal } from './refusal.tsx'

interface Props {
  /** The job that needs its password. */
  id: string
  store: JobsStore
}

/** Asks for the password of a locked file. After a wrong one the row says so and shows an empty field again. */
export function Unlock({ id, store }: Props) {
  const { t } = useTexts()
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<JobError | null>(null)
  const field = useId()
  const enter = async (event: SubmitEvent) => {
    event.preventDefault()
    setRefusal(await store.unlock(id, password))
  }
  return (
    <form className="unlock" onSubmit={enter}>
      <label htmlFor={field}>{t('row.password')}</label>
      <input
        id={field}
        className="field"
        type="password"
        autoComplete="off"
        required
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
      />
      <button type="submit" className="button wordy">
        {t('row.unlock')}
      </button>
      <Refusal error={refusal} />
    </form>
  )
}
