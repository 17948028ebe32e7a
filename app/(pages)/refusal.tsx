import type { JobError } from '#lib/vocabulary/job.ts'
import { errorLine } from './messages/error-text.ts'
import { useTexts } from './messages/use-texts.tsx'

/** Why something that was asked for was not done, and what to do; nothing where it was done. */
export function Refusal({ error }: { error: JobError | null }) {
  const texts = useTexts()
  if (!error) return null
  return (
    <p className="refusal" role="alert">
      {errorLine(texts, error)}
    </p>
  )
}
