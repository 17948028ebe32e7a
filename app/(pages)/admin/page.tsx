import type { Metadata } from 'next'
import { OverviewView } from './overview/overview-view.tsx'
import { signedIn } from './signed-in.ts'

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await signedIn()).a('overview.title') }
}

export default async function OverviewRoute() {
  const { overview, a } = await signedIn()
  return (
    <>
      <h1>{a('overview.title')}</h1>
      <OverviewView first={await overview()} />
    </>
  )
}
