// SPDX-License-Identifier: Apache-2.0
/** The rules of the house as tests: who may depend on whom, which technology lives where, how things are named. */
package org.solera.architecture;
