// @ts-check
// Prints what the function's image installs of Debian: what a worker needs, as `npm start` would install it.
import { NEEDS, packagesFor } from '../../bin/needs.js'

console.log(packagesFor(NEEDS, 'debian').join(' '))
