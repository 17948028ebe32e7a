import { lazy, Suspense, useState } from 'react'
import type { JobError } from '#lib/vocabulary/job.ts'
import { fittingTargets } from './live/fitting-targets.ts'
import type { JobsStore } from './live/jobs-store.ts'
import type { Row } from './live/rows.ts'
import { fileOf, offersTargets } from './live/settings-errors.ts'
import { useTexts } from './messages/use-texts.tsx'
import { Refusal } from './refusal.tsx'
import { type ConversionSettings, withTarget } from './settings/conversion-settings.ts'
import { offeredTargets, targetName } from './settings/labels.ts'
import './send-again.css'

/** Hardly any row needs it, so it is loaded when it is opened. */
const FileSettings = lazy(async () => {
  const { FileSettings } = await import('./settings/file-settings.tsx')
  return { default: FileSettings }
})

/** What a file may become that cannot become what was chosen, as buttons; and all other settings. */
export function SendAgain({ row, store }: { row: Row; store: JobsStore }) {
  const texts = useTexts()
  const { t } = texts
  const [isOpen, setOpen] = useState(false)
  const [refusal, setRefusal] = useState<JobError | null>(null)
  const { format, ...settings } = fileOf(row)
  const first = row.kind === 'upload' ? (store.uploads.settingsOf(row.key) ?? settings) : settings
  const send = (chosen: ConversionSettings) => store.sendAgain(row, chosen)
  const fitting = format && offersTargets(row) ? fittingTargets(format, first) : []
  const offers = format ? offeredTargets(format).filter(target => fitting.includes(target)) : []
  return (
    <div className="send-again">
      <div className="offers">
        {offers.length > 0 && <span>{t('row.convertInto')}</span>}
        {offers.map(target => (
          <button
            key={target}
            type="button"
            className="button wordy"
            onClick={async () => setRefusal(await send(withTarget(first, target)))}
          >
            {targetName(texts, { target, options: {} })}
          </button>
        ))}
        <button
          type="button"
          className="button wordy"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(offers.length > 0 ? 'row.somethingElse' : 'row.sendAgainWith')}
        </button>
      </div>
      {isOpen && (
        <Suspense fallback={<p className="detail">{t('job.loading')}</p>}>
          <FileSettings
            format={format}
            first={first}
            action={t('row.sendAgain')}
            hasOptionsOpen={offers.length === 0}
            onSend={send}
          />
        </Suspense>
      )}
      <Refusal error={refusal} />
    </div>
  )
}
