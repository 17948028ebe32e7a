import { useState } from 'react'
import { isTerminal } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { Picture } from '../../job-list-row.tsx'

interface Props {
  job: Snapshot
  fileName: string
  isKept: boolean
}

/**
 * The first page. Its place is kept from the start, so that nothing moves when the picture comes; a job that had ended
 * without one when the page was opened gets none any more.
 */
export function Preview({ job, fileName, isKept }: Props) {
  const picture = isKept ? job.thumbnailUrl : null
  const [isExpected] = useState(picture !== null || !isTerminal(job.state))
  return (
    <div className="preview" data-expected={isExpected || picture !== null}>
      <Picture job={{ ...job, thumbnailUrl: picture }} fileName={fileName} />
    </div>
  )
}
