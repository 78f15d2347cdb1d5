// The control: the app alone.
export const track = () => {};
