import { type ChangeEvent, useRef, useState } from 'react'
import type { JobsStore } from './live/jobs-store.ts'
import type { Row } from './live/rows.ts'
import { useTexts } from './messages/use-texts.tsx'

/** Lets the user choose the file of an upload again that this browser did not keep through a reload. */
export function ChooseAgain({ row, store }: { row: Row; store: JobsStore }) {
  const { t } = useTexts()
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
        {t('upload.chooseFile')}
      </button>
      <input ref={input} type="file" hidden onChange={chosen} aria-label={t('upload.sameFile')} />
      {isOther && (
        <p className="refusal" role="alert">
          {t('upload.otherFile')}
        </p>
      )}
    </>
  )
}
