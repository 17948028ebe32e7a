import { type SubmitEvent, useId, useState } from 'react'
import type { JobsStore } from './live/jobs-store.ts'
import type { Row } from './live/rows.ts'
import './unlock.css'

/** Asks for the password of a locked file that is still available, and sends the file again with it. */
export function Unlock({ row, store }: { row: Row; store: JobsStore }) {
  const [password, setPassword] = useState('')
  const id = useId()
  const send = (event: SubmitEvent) => {
    event.preventDefault()
    store.unlock(row, password)
  }
  return (
    <form className="unlock" onSubmit={send}>
      <label htmlFor={id}>Its password</label>
      <input
        id={id}
        className="field"
        type="password"
        autoComplete="off"
        required
        value={password}
        onChange={event => setPassword(event.currentTarget.value)}
      />
      <button type="submit" className="button">
        Open it
      </button>
    </form>
  )
}
