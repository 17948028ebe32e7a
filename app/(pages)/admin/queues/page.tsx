import type { Metadata } from 'next'
import type { ReactNode } from 'react'
import { ActionForm } from '../action-form.tsx'
import { Outcome } from '../outcome.tsx'
import type { PageQuery } from '../search-params.ts'
import { type AdminContext, signedIn } from '../signed-in.ts'
import { UtcTime } from '../utc-time.tsx'
import '../overview/overview.css'

interface Props {
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('queues.title') }
}

export default async function QueuesRoute({ searchParams }: Props) {
  const context = await signedIn()
  const { a, texts, role } = context
  return (
    <>
      <h1>{a('queues.title')}</h1>
      <Outcome query={await searchParams} a={a} texts={texts} />
      <p className="hint">{a('queues.about')}</p>
      {role !== 'admin' && <p className="hint">{a('shell.lookOnly')}</p>}
      <JobsQueue context={context} />
      <MaintenanceQueue context={context} />
    </>
  )
}

async function JobsQueue({ context }: { context: AdminContext }) {
  const { jobs, a, texts, role } = context
  const { queued, running, dead, exact, oldestQueuedAt, pausedSince } = await jobs.stats()
  const n = (count: number) => texts.number(count)
  const action = pausedSince ? 'resume' : 'pause'
  return (
    <section>
      <h2>{a('queues.convert')}</h2>
      <dl className="figures">
        <Fact name={a('queues.state')} value={a(pausedSince ? 'queues.paused' : 'queues.works')} />
        <Fact name={a('queues.waiting')} value={exact ? n(queued) : a('queues.atMost', { n: n(queued) })} />
        <Fact name={a('queues.running')} value={n(running)} />
        <Fact name={a('queues.dead')} value={exact ? n(dead) : a('queues.atLeast', { n: n(dead) })} />
        <Fact
          name={a('queues.oldest')}
          value={oldestQueuedAt ? <UtcTime at={oldestQueuedAt} /> : a('overview.none')}
        />
        {pausedSince && <Fact name={a('queues.since')} value={<UtcTime at={pausedSince} />} />}
      </dl>
      {role === 'admin' && (
        <ActionForm
          path={`/admin/queues/convert/${action}`}
          to="/admin/queues"
          label={a(`queues.${action}`)}
        />
      )}
    </section>
  )
}

async function MaintenanceQueue({ context }: { context: AdminContext }) {
  const { maintenanceQueue, a, texts } = context
  const { waiting, exact } = await maintenanceQueue.depth('maintain')
  const shown = exact ? texts.number(waiting) : a('queues.atMost', { n: texts.number(waiting) })
  return (
    <section>
      <h2>{a('queues.maintain')}</h2>
      <dl className="figures">
        <Fact name={a('queues.waiting')} value={shown} />
      </dl>
      <p className="hint">{a('queues.messages')}</p>
    </section>
  )
}

function Fact({ name, value }: { name: string; value: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
