import type { Metadata } from 'next'
import { workerRow } from '../../../overview/worker-row.ts'
import { Outcome } from '../outcome.tsx'
import type { PageQuery } from '../search-params.ts'
import { signedIn } from '../signed-in.ts'
import { WorkersView } from './workers-view.tsx'

interface Props {
  searchParams: Promise<PageQuery>
}

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('workers.title') }
}

export default async function WorkersRoute({ searchParams }: Props) {
  const { jobs, a, texts, role } = await signedIn()
  const seen = await jobs.seenWorkers()
  return (
    <>
      <h1>{a('workers.title')}</h1>
      <Outcome query={await searchParams} a={a} texts={texts} />
      <p className="hint">{a('workers.about')}</p>
      {role !== 'admin' && <p className="hint">{a('shell.lookOnly')}</p>}
      <WorkersView first={seen.map(worker => workerRow(worker, Date.now()))} mayAct={role === 'admin'} />
    </>
  )
}
