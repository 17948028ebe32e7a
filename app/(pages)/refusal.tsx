import type { JobError } from '#lib/vocabulary/job.ts'

/** Why something that was asked for was not done, and what to do; nothing where it was done. */
export function Refusal({ error }: { error: JobError | null }) {
  if (!error) return null
  return (
    <p className="refusal" role="alert">
      {error.message} {error.nextStep}
    </p>
  )
}
