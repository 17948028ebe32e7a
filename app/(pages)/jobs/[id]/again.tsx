import { useRouter } from 'next/navigation'
import { lazy, Suspense, useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import type { Snapshot } from '#lib/vocabulary/snapshot.ts'
import { call } from '../../live/call.ts'
import { useTexts } from '../../messages/use-texts.tsx'
import type { ConversionSettings } from '../../settings/conversion-settings.ts'
import '../../disclosure.css'

/** Most visitors only look and download, so it is loaded when it is opened. */
const FileSettings = lazy(async () => {
  const { FileSettings } = await import('../../settings/file-settings.tsx')
  return { default: FileSettings }
})

/** Makes another result of a source that is still kept; opens the page of the new job. */
export function Again({ job }: { job: Snapshot }) {
  const { id, source, target, options } = job
  const { t } = useTexts()
  const [isOpen, setOpen] = useState(false)
  const router = useRouter()
  const convert = async (settings: ConversionSettings): Promise<JobError | null> => {
    const { refused, body } = await call('POST', '/api/jobs', { json: { retryOf: id, ...settings } })
    if (!refused) router.push(`/jobs/${(body as Snapshot).id}`)
    return refused
  }
  return (
    <details className="more scripted" onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t(job.state === 'completed' ? 'details.convertElse' : 'details.convertOther')}</summary>
      {isOpen && (
        <Suspense fallback={<p className="fine">{t('job.loading')}</p>}>
          <FileSettings
            format={source.format}
            first={{ target, options }}
            action={t('details.convertAgain')}
            onSend={convert}
          />
        </Suspense>
      )}
    </details>
  )
}
