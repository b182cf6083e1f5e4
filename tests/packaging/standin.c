/* SPDX-License-Identifier: MIT */
/* standin.c - a DLL in the place of the provider's, for tests of installing. */
int prereq_standin(void);

__declspec(dllexport) int prereq_standin(void)
{
    return 1;
}
