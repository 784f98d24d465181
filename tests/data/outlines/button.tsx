interface Props {
  label: string;
}

export function Button({ label }: Props) {
  return <button className="b">{label}</button>;
}

export const Bar = (props: Props) => <div>{props.label}</div>;
