import { redirect } from 'next/navigation'
import { signedIn } from './signed-in.ts'

export default async function DashboardRoute() {
  await signedIn()
  redirect('/admin/jobs')
}
