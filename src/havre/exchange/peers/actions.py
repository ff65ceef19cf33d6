"""Everything that is written between instances, as actions."""

from havre.exchange.peers.answering import answer_question
from havre.exchange.peers.asking import ask_peer, prepare_question, record_answer, record_failure, send_again
from havre.exchange.peers.managing import add_peer, remove_peer
from havre.exchange.peers.offering import hand_offer, renew_offer

__all__ = ["add_peer", "answer_question", "ask_peer", "hand_offer", "prepare_question", "record_answer", "record_failure", "remove_peer",
           "renew_offer", "send_again"]
