package server

import "fmt"

const Port = 80

const (
	Low = iota
	High
)

var name, host string

type Server struct {
	Addr string
	a, b int
}

type Handler interface {
	Serve(w int) error
}

type ID = string

type Names []string

func (s *Server) Start(ctx int) error {
	local := 1
	fmt.Println(local)
	return nil
}

func New[T any](addr T) *Server {
	return nil
}
