import Link from 'next/link'
import { Header } from './(pages)/header.tsx'

export default function NotFound() {
  return (
    <div className="wrap">
      <Header />
      <main className="card">
        <h1>There is nothing here</h1>
        <p className="say">Check the link; jobs are forgotten some weeks after their files are deleted.</p>
        <p className="onward">
          <Link href="/">Convert files</Link>
        </p>
      </main>
    </div>
  )
}
