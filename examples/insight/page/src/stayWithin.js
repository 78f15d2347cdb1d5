import { nextTick } from 'vue';

/** Once a part of a form is gone that had the focus: the keyboard stays in the form, at its last button, which adds one. */
export const stayWithin = async (form) => {
  await nextTick();
  if (!form.contains(document.activeElement)) [...form.querySelectorAll('button')].at(-1)?.focus();
};
