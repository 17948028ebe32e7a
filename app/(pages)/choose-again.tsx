import { type ChangeEvent, useRef, useState } from 'react'
import type { JobsStore } from './live/jobs-store.ts'
import type { Row } from './live/rows.ts'

/** Lets the user choose the file of an upload again that this browser did not keep through a reload. */
export function ChooseAgain({ row, store }: { row: Row; store: JobsStore }) {
  const input = useRef<HTMLInputElement>(null)
  const [isOther, setOther] = useState(false)
  const chosen = ({ currentTarget }: ChangeEvent<HTMLInputElement>) => {
    const [file] = currentTarget.files ?? []
    if (file) setOther(!store.uploads.choose(row.key, file))
    currentTarget.value = ''
  }
  return (
    <>
      <button type="button" className="button wordy" onClick={() => input.current?.click()}>
        Choose the file
      </button>
      <input ref={input} type="file" hidden onChange={chosen} aria-label="The same file once more" />
      {isOther && (
        <p className="refusal" role="alert">
          This is another file, or it was changed. Remove the row and send it anew.
        </p>
      )}
    </>
  )
}
