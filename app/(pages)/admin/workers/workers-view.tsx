'use client'
import type { WorkerRow } from '#app/overview/worker-row.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { ActionForm } from '../action-form.tsx'
import { usePushed } from '../live/use-pushed.ts'
import { UtcTime } from '../utc-time.tsx'
import { EnginesTable } from './engines-table.tsx'

interface Props {
  first: readonly WorkerRow[]
  mayAct: boolean
}

/** The workers with their engines, changed in place as they report. */
export function WorkersView({ first, mayAct }: Props) {
  const a = useAdminText()
  const { now, isSilent } = usePushed('workers', [...first])
  return (
    <>
      {isSilent && (
        <p className="outcome" role="status">
          {a('overview.silent')}
        </p>
      )}
      {now.length === 0 && <p>{a('workers.none')}</p>}
      {now.map(row => (
        <WorkerSection key={row.worker} row={row} mayAct={mayAct} />
      ))}
    </>
  )
}

function WorkerSection({ row, mayAct }: { row: WorkerRow; mayAct: boolean }) {
  const a = useAdminText()
  const { worker, condition, trouble, host, slots, sandbox, startedAt, seenAgoS } = row
  const isThere = condition !== 'silent' && condition !== 'stopped'
  const drain = condition === 'drained' ? 'undrain' : 'drain'
  return (
    <section>
      <h2>
        <bdi>{worker}</bdi> · {a('workers.condition', { condition })}
      </h2>
      {trouble && (
        <p>
          <bdi lang="en">{trouble}</bdi>
        </p>
      )}
      <p className="hint">
        {a('workers.seen', { seconds: seenAgoS })} · {a('workers.host')}:{' '}
        <bdi>{host ?? a('shell.unknown')}</bdi> · {a('workers.slots')}: {slots} · {a('workers.sandbox')}:{' '}
        {sandbox ?? a('shell.unknown')} · {a('workers.started')}: <UtcTime at={startedAt} />
      </p>
      {mayAct && isThere && (
        <ActionForm
          path={`/admin/workers/${drain}`}
          to="/admin/workers"
          label={a(`workers.${drain}`)}
          fields={{ worker }}
        />
      )}
      <EnginesTable row={row} mayAct={mayAct && isThere} />
    </section>
  )
}
