import Link from 'next/link'
import type { WorkerRow } from '#app/overview/worker-row.ts'
import type { EngineActivity } from '#lib/worker-activity.ts'
import type { EngineOrderAction } from '#lib/worker-orders.ts'
import { size } from '../../live/format.ts'
import { useAdminText } from '../../messages/use-admin-text.tsx'
import { useTexts } from '../../messages/use-texts.tsx'
import { ActionForm } from '../action-form.tsx'
import { UtcTime } from '../utc-time.tsx'

const COLUMNS = ['engine', 'state', 'job', 'progress', 'documents', 'memory', 'pid', 'started'] as const

const NUMBERS: ReadonlySet<string> = new Set(['documents', 'memory', 'pid'])

const ACTIONS: readonly EngineOrderAction[] = ['kill', 'recycle']

interface Props {
  row: WorkerRow
  mayAct: boolean
}

/** The processes of LibreOffice of one worker. */
export function EnginesTable({ row, mayAct }: Props) {
  const a = useAdminText()
  const { worker, engines } = row
  if (engines.length === 0) return <p className="hint">{a('workers.noEngines')}</p>
  return (
    <div className="table">
      <table>
        <thead>
          <tr>
            {[...COLUMNS, ...(mayAct ? (['actions'] as const) : [])].map(name => (
              <th key={name} scope="col" className={NUMBERS.has(name) ? 'number' : undefined}>
                {a(`workers.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {engines.map((engine, index) => (
            <tr key={engine.name ?? engine.jobId ?? index}>
              <EngineCells engine={engine} />
              {mayAct && (
                <td className="actions">
                  <EngineActions worker={worker} engine={engine} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function EngineCells({ engine }: { engine: EngineActivity }) {
  const a = useAdminText()
  const texts = useTexts()
  const { name, state, jobId, documents, memoryBytes, pid, startedAt } = engine
  return (
    <>
      <td className="id">{name ?? a('overview.none')}</td>
      <td className="short">{a('workers.engineState', { state })}</td>
      <td>{jobId ? <JobLink id={jobId} /> : state === 'busy' ? a('workers.own') : ''}</td>
      <td className="short">
        <bdi>{progressText(engine)}</bdi>
      </td>
      <td className="number">{texts.number(documents)}</td>
      <td className="number">{memoryBytes === null ? '' : size(texts, memoryBytes)}</td>
      <td className="number">{pid}</td>
      <td>
        <UtcTime at={startedAt} />
      </td>
    </>
  )
}

function JobLink({ id }: { id: string }) {
  return (
    <Link className="id" href={`/admin/jobs/${id}`} prefetch={false}>
      {id.slice(0, 8)}
    </Link>
  )
}

function EngineActions({ worker, engine }: { worker: string; engine: EngineActivity }) {
  const a = useAdminText()
  const { name } = engine
  if (name === undefined) return null
  return ACTIONS.map(action => (
    <ActionForm
      key={action}
      path={`/admin/workers/${action}`}
      to="/admin/workers"
      label={a(`workers.${action}`)}
      about={a(`workers.${action}About`)}
      fields={{ worker, engine: name }}
    />
  ))
}

/** `7 / 20`, `35 %`: where the conversion stands; nothing where it does not say. */
function progressText({ progress }: EngineActivity): string {
  if (!progress) return ''
  const { current, total, percent } = progress
  if (current !== null) return total === null ? String(current) : `${current} / ${total}`
  return percent === null ? '' : `${percent} %`
}
